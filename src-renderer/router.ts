import { createRouter, createWebHashHistory } from 'vue-router';
import type { Router } from 'vue-router';
import { routesFrom } from './routes.ts';
import type { PageName } from './routes.ts';

const { pages, routes } = routesFrom(import.meta.glob('./pages/*/index.vue'));

/** The pages of the navigation. */
export const availablePages = pages;

export function createWindowRouter(): Router {
  // Behind the hash, so that every host can serve the window as one file.
  return createRouter({ history: createWebHashHistory(), routes });
}

export function hasPage(name: PageName): boolean {
  return pages.some((page) => page.name === name);
}
