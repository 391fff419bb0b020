/** Counts seconds down; whoever is slow can always ask for more. */
export function makeCountdown({ onTick, onEnd }) {
  let left = 0;
  let timer = 0;

  function start(seconds) {
    stop();
    left = seconds;
    onTick(left);
    timer = setInterval(() => {
      left -= 1;
      if (left > 0) return onTick(left);
      stop();
      onEnd();
    }, 1000);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
  }

  return { start, stop, addSeconds: (seconds) => timer && onTick((left += seconds)) };
}
