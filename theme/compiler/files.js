// Files in memory for Go's tools: the part of WASI (wasi_snapshot_preview1)
// that is about files, with one folder that holds them all.
// https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md

const ok = 0, badf = 8, exist = 20, inval = 28, noent = 44, nosys = 52, notdir = 54;
const folder = 3, regular = 4; // types of files
const root = 3; // the folder's descriptor

// A File grows when it is written.
export class File {
  #bytes;
  size;

  constructor(bytes = new Uint8Array(0)) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  get bytes() {
    return this.#bytes.subarray(0, this.size);
  }

  write(at, bytes) {
    const end = at + bytes.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, at);
    this.size = Math.max(this.size, end);
  }

  truncate(size) {
    if (size > this.size) this.write(this.size, new Uint8Array(size - this.size));
    this.size = size;
  }
}

// files makes the functions over a map of names to Files, which the folder's
// file system may change. memory gives the program's memory.
export function files(memory, tree) {
  const bytes = (at, length) => new Uint8Array(memory().buffer, at, length);
  const view = () => new DataView(memory().buffer);
  const decoder = new TextDecoder();
  const name = (at, length) => decoder.decode(bytes(at, length)).replace(/^\.?\/+/, '');
  const isFolder = path => path === '.' || path === '' || path === 'tmp';
  const open = new Map([[root, {folder: true}]]);
  let next = root + 1;

  const stat = (file, at) => {
    bytes(at, 64).fill(0);
    bytes(at + 16, 1)[0] = file ? regular : folder;
    view().setBigUint64(at + 24, 1n, true);
    view().setBigUint64(at + 32, BigInt(file?.size ?? 0), true);
    return ok;
  };
  // move moves bytes between pieces of memory and a file, from a place on, and
  // stores how many.
  const move = (vectors, count, total, from, one) => {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const address = view().getUint32(vectors + 8 * i, true);
      const length = view().getUint32(vectors + 8 * i + 4, true);
      const moved = one(bytes(address, length), from + sum);
      sum += moved;
      if (moved < length) break;
    }
    view().setUint32(total, sum, true);
    return sum;
  };
  const readInto = file => (piece, at) => {
    const part = file.bytes.subarray(at, at + piece.length);
    piece.set(part);
    return part.length;
  };
  const writeFrom = file => (piece, at) => {
    file.write(at, piece);
    return piece.length;
  };
  // withFile answers for a descriptor of a file.
  const withFile = act => (fd, ...rest) => {
    const opened = open.get(fd);
    return opened?.file ? act(opened, ...rest) ?? ok : badf;
  };

  return {
    fd_prestat_get(fd, at) {
      if (fd !== root) return badf;
      view().setUint32(at, 0, true);
      view().setUint32(at + 4, 1, true);
      return ok;
    },
    fd_prestat_dir_name: (_, at) => (bytes(at, 1)[0] = 0x2f, ok),
    path_open(_, __, at, length, how, rights, ___, flags, opened) {
      const path = name(at, length), create = how & 1, exclusive = how & 4, empty = how & 8;
      let file = tree.get(path);
      if (!file && isFolder(path)) open.set(next, {folder: true});
      else if (how & 2) return file ? notdir : noent;
      else if (file && exclusive) return exist;
      else {
        if (!file && !create) return noent;
        if (!file || empty) tree.set(path, file = new File());
        open.set(next, {file, at: flags & 1 ? file.size : 0});
      }
      view().setUint32(opened, next++, true);
      return ok;
    },
    path_filestat_get(_, __, at, length, into) {
      const path = name(at, length), file = tree.get(path);
      return file || isFolder(path) ? stat(file, into) : noent;
    },
    path_create_directory: () => ok,
    path_unlink_file: (_, at, length) => tree.delete(name(at, length)) ? ok : noent,
    path_filestat_set_times: () => ok,
    fd_filestat_get: (fd, at) => open.has(fd) ? stat(open.get(fd).file, at) : badf,
    fd_fdstat_get(fd, at) {
      if (!open.has(fd)) return badf;
      bytes(at, 24).fill(0);
      bytes(at, 1)[0] = open.get(fd).file ? regular : folder;
      view().setBigUint64(at + 8, 0x1fff_ffffn, true);
      view().setBigUint64(at + 16, 0x1fff_ffffn, true);
      return ok;
    },
    fd_fdstat_set_flags: fd => open.has(fd) ? ok : badf,
    fd_filestat_set_size: withFile(({file}, size) => file.truncate(Number(size))),
    fd_sync: withFile(() => ok),
    fd_close: fd => fd !== root && open.delete(fd) ? ok : badf,
    fd_seek: withFile((opened, offset, whence, into) => {
      const at = [0, opened.at, opened.file.size][whence] + Number(offset);
      if (!(at >= 0)) return inval;
      opened.at = at;
      view().setBigUint64(into, BigInt(at), true);
    }),
    fd_read: withFile((opened, vectors, count, total) => {
      opened.at += move(vectors, count, total, opened.at, readInto(opened.file));
    }),
    fd_write: withFile((opened, vectors, count, total) => {
      opened.at += move(vectors, count, total, opened.at, writeFrom(opened.file));
    }),
    fd_pread: withFile(({file}, vectors, count, at, total) => {
      move(vectors, count, total, Number(at), readInto(file));
    }),
    fd_pwrite: withFile(({file}, vectors, count, at, total) => {
      move(vectors, count, total, Number(at), writeFrom(file));
    }),
    fd_readdir: () => nosys,
  };
}
