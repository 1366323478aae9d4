/**
 * Lets tools that cannot read single-file components know the shape of one.
 * vue-tsc reads the real file and never gets here; ESLint's type-aware rules do.
 */
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
