// Bounds the memory of a module: only the module itself can say how much it
// may have. See https://webassembly.github.io/spec/core/binary/modules.html

const header = 8, memorySection = 5, hasMaximum = 1;

// most is what a program has, as runner has it, in pages of 64 KiB: 128 MiB.
const most = 2048;

// number reads one of variable length, and says where it ends.
function number(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function written(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  return [...bytes, value];
}

// bounded gives the module with a maximum for its only memory.
export function bounded(module) {
  for (let at = header; at < module.length;) {
    const [size, body] = number(module, at + 1);
    if (module[at] !== memorySection) {
      at = body + size;
      continue;
    }
    const [least] = number(module, body + 2);
    const limits = [1, hasMaximum, ...written(least), ...written(most)];
    const section = [memorySection, ...written(limits.length), ...limits];
    const out = new Uint8Array(module.length - (body + size - at) + section.length);
    out.set(module.subarray(0, at));
    out.set(section, at);
    out.set(module.subarray(body + size), at + section.length);
    return out;
  }
  throw new Error('The linker made a module without memory.');
}
