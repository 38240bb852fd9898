// Makes of the parts of Go's toolchain, as they are fetched, what they are for.

import {restored} from './columns.js';

// unpack gives an archive, as bytes, or a module, of a file that the manifest
// describes: packed holds it, in a format of compression.
export const unpack = ({file, packed, format}) => (file.Module ? compiled : unpacked)(file, packed, format);

// stream undoes a compression, where the browser has not done so by itself.
const stream = (file, packed, format) => packed.size === file.Size ? packed.stream()
  : packed.stream().pipeThrough(new DecompressionStream(format));

async function unpacked(file, packed, format) {
  const bytes = new Uint8Array(await new Response(stream(file, packed, format)).arrayBuffer());
  if (bytes.length !== file.Size) throw new Error(`${file.Name} is not what it should be.`);
  return restored(bytes);
}

// compiled makes a module while it is unpacked: the bytes of one, tens of
// millions, are never here as a whole.
const compiled = (file, packed, format) => WebAssembly.compileStreaming(
  new Response(stream(file, packed, format), {headers: {'Content-Type': 'application/wasm'}}),
);
