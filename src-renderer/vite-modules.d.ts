/** What the bundler adds to a module: files by pattern, each loaded when it is asked for. */
interface ImportMeta {
  readonly glob: (
    pattern: string,
  ) => Record<string, () => Promise<{ readonly default: import('vue').Component }>>;
}
declare module '*.css';
