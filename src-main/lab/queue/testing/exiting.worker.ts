/** A worker that takes its thread with it, as a crash of the runtime does. */
export function run(): never {
  process.exit(7);
}
