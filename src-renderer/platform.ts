/** Tests of what the window computes run where there is no navigator. */
const agent = 'navigator' in globalThis ? navigator.userAgent : '';

/** Whether the keys are those of a Mac. */
export const isMac = /Mac|iPhone|iPad/.test(agent);
