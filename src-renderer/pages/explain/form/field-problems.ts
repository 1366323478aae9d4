import { computed, inject, provide } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';
import type { FieldProblem } from '../question/read-layout.ts';

const problemsKey: InjectionKey<ComputedRef<readonly FieldProblem[]>> = Symbol('problems');

/** Gives the fields of a form what is wrong with them. */
export function provideProblems(problems: ComputedRef<readonly FieldProblem[]>): void {
  provide(problemsKey, problems);
}

/** What is wrong at one field, in words. */
export function useProblemsAt(field: () => string): ComputedRef<readonly string[]> {
  const problems = inject(problemsKey, null);
  return computed(() =>
    (problems?.value ?? [])
      .filter((problem) => problem.field === field())
      .map(({ message }) => message),
  );
}
