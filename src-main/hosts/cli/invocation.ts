/** How the user started this process, to be shown in front of a command: it can be copied as it is. */
export function commandLine(rest: string): string {
  const program =
    process.env['npm_lifecycle_event'] === 'lab' ? 'npm run --silent lab --' : 'folio-lab';
  return `${program} ${rest}`;
}
