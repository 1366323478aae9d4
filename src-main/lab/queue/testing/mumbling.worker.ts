/** A worker that answers with something that is no result. */
export function run(): string {
  return 'done';
}
