/** What the process says when it ends. Source: design, section 7. */
export const EXIT_STATUS = {
  done: 0,
  failed: 1,
  badInput: 2,
  expectationFailed: 3,
  cancelled: 130,
} as const;
