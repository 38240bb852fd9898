// A video plays in its place on the page, once somebody asks for it: until then
// nothing is loaded from where it is.
export function start(root) {
  for (const link of root.querySelectorAll('.js-video')) link.addEventListener('click', clicked);
}

function clicked(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  play(event.currentTarget);
}

function play(link) {
  const frame = document.createElement('iframe');
  frame.className = 'video';
  frame.title = link.querySelector('.video-name').textContent;
  frame.style.cssText = link.style.cssText;
  frame.allow = 'autoplay; fullscreen; encrypted-media; picture-in-picture';
  frame.referrerPolicy = 'strict-origin-when-cross-origin'; // the player wants one
  frame.src = link.dataset.player;
  link.replaceWith(frame);
  frame.focus();
}
