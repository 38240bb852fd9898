// Tells what a compiled program's print and println wrote from the last words
// of its runtime, as runner's words.go does: both write to the same place, the
// runtime word by word, and its words are the last.

import {Bytes} from './record.js';

const died = 2; // the status of a program that its runtime ended
const maxReason = 20; // words

// deathIn is where the runtime's last words begin, -1 if there are none.
function deathIn(texts) {
  let from = -1;
  for (const [i, text] of texts.entries())
    if (text === 'fatal error: ' || text === 'panic: ' && texts[i - 1] !== '\t') from = i;
  for (let i = Math.max(0, from - maxReason); i < from; i++)
    if (texts[i].startsWith('runtime: ')) return i;
  return from;
}

// part gives a run whose Printed is among its Writes, save the last words.
export function part({Printed, ...run}) {
  const from = run.Status === died ? deathIn(Printed.map(write => write.Text.text)) : -1;
  if (from >= 0) {
    run.Words = new Bytes(new Uint8Array(0));
    run.WordsAt = Printed[from].At;
    for (const {Text} of Printed.splice(from)) run.Words.add(Text);
  }
  const lines = [];
  for (const write of Printed) {
    const last = lines.at(-1);
    if (last && last.G === write.G && last.At === write.At && last.Seq + 1 === write.Seq &&
        !last.Text.text.endsWith('\n')) {
      last.Text.add(write.Text);
      last.Seq = write.Seq;
    } else lines.push(write);
  }
  if (lines.length) run.Writes = [...run.Writes, ...lines].sort((a, b) => a.Seq - b.Seq);
  return run;
}
