import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Remark } from '#contract';

/** What there is to say of a file that was to be imported, more than a notice holds. */
export type FileReport =
  | {
      readonly kind: 'refused';
      readonly fileName: string;
      /** Sentences, each with its file and line. */
      readonly problems: readonly string[];
    }
  | {
      readonly kind: 'read';
      readonly fileName: string;
      readonly summary: string;
      readonly assumptions: readonly Remark[];
      readonly warnings: readonly Remark[];
    };

/** The report that lies open over the window. */
export const useImportReportStore = defineStore('import-report', () => {
  const report = shallowRef<FileReport | null>(null);

  function open(next: FileReport): void {
    report.value = next;
  }
  function close(): void {
    report.value = null;
  }

  return { report, open, close };
});
