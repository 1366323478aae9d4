import { createRouter, createWebHashHistory } from 'vue-router';
import type { Router } from 'vue-router';
import { watchDestinations } from './own-address.ts';
import { routesFrom } from './routes.ts';
import type { PageName } from './routes.ts';

const { pages, routes } = routesFrom(import.meta.glob('./pages/*/index.vue'));

/** The pages of the navigation. */
export const availablePages = pages;

export function createWindowRouter(): Router {
  // Behind the hash, so that every host can serve the window as one file.
  const router = createRouter({ history: createWebHashHistory(), routes });
  watchDestinations(router);
  return router;
}

export function hasPage(name: PageName): boolean {
  return pages.some((page) => page.name === name);
}
