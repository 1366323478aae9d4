/** A title within a sentence; `CPU` and `I/Os` stay as they are. */
export function lowerFirst(title: string): string {
  return /^.[A-Z/]/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** A title at the beginning of a line. */
export function upperFirst(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
