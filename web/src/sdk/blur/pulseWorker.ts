/** Beats: timers of a page that is hidden go once a second, those of a worker go on. */
const EVERY = 1000 / 30;

setInterval(() => self.postMessage(undefined), EVERY);
