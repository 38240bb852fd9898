// What lies over the picture: the node that is chosen with its neighbours, or
// those that are found. All others are veiled.

const most = 600; // links and nodes that are drawn, of the chosen one or found
const named = 24;

export function drawOver(context, view, data, look, chosen, found) {
  const scale = view.scale;
  const left = i => view.left(data.x[i]), top = i => view.top(data.y[i]);
  const seen = i => left(i) > -20 && top(i) > -20 && left(i) < view.width + 20 && top(i) < view.height + 20;
  if (chosen < 0 && !found) return;
  context.globalAlpha = 0.72;
  context.fillStyle = look.colour.ground;
  context.fillRect(0, 0, view.width, view.height);
  context.globalAlpha = 1;
  let nodes;
  if (chosen >= 0) {
    nodes = [...data.near(chosen)].sort((a, b) => look.rank[a] - look.rank[b]).slice(0, most);
    context.strokeStyle = look.colour.link;
    context.beginPath();
    for (const i of nodes) {
      context.moveTo(left(chosen), top(chosen));
      context.lineTo(left(i), top(i));
    }
    context.stroke();
  } else {
    nodes = found.filter(seen).slice(0, most);
  }
  for (const i of nodes) look.dot(context, i, left(i), top(i), scale, 1);
  const shown = nodes.filter(seen).slice(0, named);
  look.labels(context, shown, x => view.left(x), y => view.top(y), scale);
  if (chosen < 0) return;
  look.dot(context, chosen, left(chosen), top(chosen), scale, 1);
  look.ring(context, chosen, left(chosen), top(chosen), scale);
  look.title(context, chosen, left(chosen), top(chosen), scale);
}
