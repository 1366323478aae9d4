/** A call that a test made up, with its time from entry to exit in nanoseconds. */
export type MadeUpCall = {
  readonly name: string;
  readonly ns: number;
  readonly within: readonly MadeUpCall[];
};

/** Columns and comments that ftrace prints or not. */
export type PrintOptions = {
  readonly hasTail: boolean;
  readonly hasTask: boolean;
  readonly hasTime: boolean;
  readonly hasArguments: boolean;
};

/** Lines of one CPU, as ftrace numbers it. */
export type PrintedCpu = { readonly cpu: number; readonly pid: number; readonly lines: string[] };

function durationColumn(ns: number | null): string {
  if (ns === null) return '              |  ';
  const mark = ns > 100_000 ? '!' : ns > 10_000 ? '+' : ' ';
  const text = `${Math.floor(ns / 1000)}.${String(ns % 1000).padStart(3, '0')} us`;
  return `${mark} ${text.padEnd(12)}|  `;
}

/** Prints calls of one CPU as Linux 6.12 kernel/trace/trace_functions_graph.c does. */
export function printCalls(
  cpu: PrintedCpu,
  calls: readonly MadeUpCall[],
  options: PrintOptions,
  depth = 0,
): void {
  const time = options.hasTime ? ' 1234.000001 |  ' : '';
  const task = options.hasTask ? `  fio-${cpu.pid}    | ` : '';
  const given = options.hasArguments ? '(start=0x7f00, nr=(1))' : '()';
  const line = (ns: number | null, body: string): void => {
    const indent = '  '.repeat(depth);
    cpu.lines.push(`${time} ${cpu.cpu}) ${task}${durationColumn(ns)}${indent}${body}`);
  };
  for (const { name, ns, within } of calls) {
    if (within.length === 0) {
      line(ns, `${name}${given};`);
      continue;
    }
    line(null, `${name}${given} {`);
    printCalls(cpu, within, options, depth + 1);
    line(ns, options.hasTail ? `} /* ${name} */` : '}');
  }
}
