import { assertNever } from '../errors.ts';
import type { ContentionGroup } from './contention-setup.ts';
import type { ContentionStep, LockMode } from './program.ts';

/** A step with its names looked up; `skipped` is how many steps follow that are not always taken. */
export type CompiledStep =
  | {
      readonly kind: 'work';
      readonly function: number;
      readonly meanNs: number;
      readonly isDrawn: boolean;
    }
  | { readonly kind: 'idle'; readonly meanNs: number; readonly isDrawn: boolean }
  | {
      readonly kind: 'touch';
      readonly function: number;
      readonly line: number;
      readonly among: number;
    }
  | { readonly kind: 'lock' | 'unlock'; readonly function: number; readonly mode: LockMode }
  | { readonly kind: 'irq-off' | 'irq-on' | 'begin' | 'end' }
  | { readonly kind: 'interrupt-others'; readonly function: number }
  | { readonly kind: 'count'; readonly counter: number }
  | { readonly kind: 'skip-unless'; readonly probability: number; readonly skipped: number };

/** Names in the order in which they are first asked for. */
export class NameTable {
  readonly names: string[] = [];
  private readonly indices = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.indices.get(name);
    if (known !== undefined) return known;
    this.indices.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}

/** Names that all programs of a setup share. */
export type ProgramNames = {
  readonly functions: NameTable;
  readonly lines: NameTable;
  readonly counters: NameTable;
};

function appendStep(program: CompiledStep[], step: ContentionStep, names: ProgramNames): void {
  switch (step.kind) {
    case 'work': {
      const { kind, meanNs, spread } = step;
      const isDrawn = spread === 'exponential';
      program.push({ kind, function: names.functions.indexOf(step.function), meanNs, isDrawn });
      return;
    }
    case 'idle':
      program.push({ kind: 'idle', meanNs: step.meanNs, isDrawn: step.spread === 'exponential' });
      return;
    case 'touch': {
      const { among = 1 } = step;
      const line = names.lines.indexOf(`${step.line} of ${among}`);
      const charged = names.functions.indexOf(step.function);
      program.push({ kind: 'touch', function: charged, line, among });
      return;
    }
    case 'lock':
    case 'unlock': {
      const { kind, mode } = step;
      program.push({ kind, function: names.functions.indexOf(step.function), mode });
      return;
    }
    case 'irq-off':
    case 'irq-on':
      program.push({ kind: step.kind });
      return;
    case 'interrupt-others':
      program.push({ kind: step.kind, function: names.functions.indexOf(step.function) });
      return;
    case 'count':
      program.push({ kind: 'count', counter: names.counters.indexOf(step.counter) });
      return;
    case 'sometimes': {
      const { probability } = step;
      const taken = compileSteps(step.steps, names);
      program.push({ kind: 'skip-unless', probability, skipped: taken.length }, ...taken);
      return;
    }
    default:
      assertNever(step);
  }
}

function compileSteps(steps: readonly ContentionStep[], names: ProgramNames): CompiledStep[] {
  const program: CompiledStep[] = [];
  for (const step of steps) appendStep(program, step, names);
  return program;
}

/** The rounds of a thread as one list, with marks where an operation begins and ends. */
export function compileProgram(group: ContentionGroup, names: ProgramNames): CompiledStep[] {
  return [
    ...compileSteps(group.between, names),
    { kind: 'begin' },
    ...compileSteps(group.operation, names),
    { kind: 'end' },
  ];
}
