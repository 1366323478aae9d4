import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into the process of the web host before anything else: tells its parent, when asked, how late
// the timers of the process were.

const NS_PER_MS = 1e6;
const histogram = monitorEventLoopDelay({ resolution: 10 });

process.on('message', (message) => {
  if (message === 'start') {
    histogram.reset();
    histogram.enable();
    process.send?.('started');
  }
  if (message === 'stop') {
    histogram.disable();
    process.send?.(histogram.percentile(99) / NS_PER_MS);
  }
});
// Waiting for a question is no reason to stay.
process.channel?.unref();
