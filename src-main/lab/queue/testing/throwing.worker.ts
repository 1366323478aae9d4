/** A worker that fails outside the trial it is asked for. */
export function run(): Promise<never> {
  setImmediate(() => {
    throw new Error('the thread is out of order');
  });
  return new Promise(() => undefined);
}
