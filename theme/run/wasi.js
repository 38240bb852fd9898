// The part of WASI (wasi_snapshot_preview1) that Go's runtime needs: a clock,
// random bytes, three streams, and nothing else. It answers as runner's host
// does: https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md

import {Exit} from './ends.js';

const ok = 0, badf = 8, inval = 28, nosys = 52, notsup = 58;

// wasi makes the functions for one program. memory gives the program's memory
// once there is one; out takes what is written, by file descriptor.
export function wasi({memory, clock, random, args, env, stdin, out}) {
  const bytes = (at, length) => new Uint8Array(memory().buffer, at, length);
  const view = () => new DataView(memory().buffer);
  const encoder = new TextEncoder();
  const isStream = fd => fd >= 0 && fd <= 2;
  let read = 0; // of stdin

  // A list of texts is handed over as their number and size, then as their
  // addresses and themselves, each with a zero byte behind it.
  const list = texts => {
    const all = texts.map(text => encoder.encode(text + '\0'));
    return [
      (count, size) => {
        view().setUint32(count, all.length, true);
        view().setUint32(size, all.reduce((sum, one) => sum + one.length, 0), true);
        return ok;
      },
      (addresses, at) => {
        for (const [i, one] of all.entries()) {
          view().setUint32(addresses + 4 * i, at, true);
          bytes(at, one.length).set(one);
          at += one.length;
        }
        return ok;
      },
    ];
  };
  const [argsSizes, argsGet] = list(args);
  const [envSizes, envGet] = list(env);

  // vectors calls f with each piece of memory until it takes less, and stores
  // how much it took.
  const vectors = (at, count, total, f) => {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const address = view().getUint32(at + 8 * i, true);
      const length = view().getUint32(at + 8 * i + 4, true);
      const taken = f(bytes(address, length));
      sum += taken;
      if (taken < length) break;
    }
    view().setUint32(total, sum, true);
    return ok;
  };

  const known = {
    args_sizes_get: argsSizes,
    args_get: argsGet,
    environ_sizes_get: envSizes,
    environ_get: envGet,
    sched_yield: () => ok,
    proc_exit(status) {
      throw new Exit(status);
    },
    clock_time_get(id, _, at) {
      if (id > 1) return inval;
      view().setBigUint64(at, id ? clock.monotonic() : clock.wall(), true);
      return ok;
    },
    random_get(at, length) {
      random.fill(bytes(at, length));
      return ok;
    },
    fd_write(fd, at, count, total) {
      if (!out[fd]) return badf;
      return vectors(at, count, total, text => {
        out[fd](text);
        return text.length;
      });
    },
    fd_read(fd, at, count, total) {
      if (fd) return badf;
      return vectors(at, count, total, buffer => {
        const part = stdin.subarray(read, read + buffer.length);
        buffer.set(part);
        read += part.length;
        return part.length;
      });
    },
    // Standard streams are devices that block; there are no other files.
    fd_fdstat_get(fd, at) {
      if (!isStream(fd)) return badf;
      bytes(at, 24).fill(0);
      bytes(at, 1)[0] = 1;
      view().setBigUint64(at + 8, 0x1000_01ffn, true);
      return ok;
    },
    fd_filestat_get(fd, at) {
      if (!isStream(fd)) return badf;
      bytes(at, 64).fill(0);
      bytes(at + 16, 1)[0] = 1;
      bytes(at + 24, 1)[0] = 1;
      return ok;
    },
    fd_fdstat_set_flags: fd => isStream(fd) ? nosys : badf,
    fd_seek: fd => isStream(fd) ? nosys : badf,
    fd_sync: fd => isStream(fd) ? ok : badf,
    fd_close: fd => isStream(fd) ? ok : badf,
    // Subscriptions have 48 bytes, events 32. All that is waited for is time.
    poll_oneoff(subscriptions, events, count, happened) {
      if (!count) return inval;
      bytes(events, 32 * count).fill(0);
      let least = 2n ** 63n - 1n;
      for (let i = 0; i < count; i++) {
        const at = subscriptions + 48 * i, to = events + 32 * i;
        if (bytes(at + 8, 1)[0] !== 0 || view().getUint16(at + 40, true)) return notsup;
        const after = view().getBigInt64(at + 24, true);
        if (after < least) least = after;
        bytes(to, 8).set(bytes(at, 8).slice());
      }
      view().setUint32(happened, count, true);
      if (least > 0n) clock.sleep(Number(least));
      return ok;
    },
  };
  // Whatever else a program asks for, it asks of files that it does not have.
  return new Proxy(known, {get: (all, name) => all[name] ?? (() => badf)});
}
