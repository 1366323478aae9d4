import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router';

/** Where each router is on its way to. */
const destinations = new WeakMap<Router, RouteLocationNormalized>();

/** Takes note of where a router is going; a page that is opened for the first time has to be fetched. */
export function watchDestinations(router: Router): void {
  const arrive = (to: RouteLocationNormalized): void => {
    // A navigation that was overtaken ends after the next one has begun.
    if (destinations.get(router)?.fullPath === to.fullPath) destinations.delete(router);
  };
  router.beforeEach((to) => {
    destinations.set(router, to);
  });
  router.afterEach(arrive);
  router.onError((_error, to) => arrive(to));
}

/**
 * Writes the address of the page that is shown, unless the user is on the way to another one: that way would be
 * given up.
 */
export async function replaceOwnAddress(
  router: Router,
  location: RouteLocationRaw & { readonly name: string },
): Promise<void> {
  const destination = destinations.get(router);
  if (destination !== undefined && destination.name !== location.name) return;
  await router.replace(location);
}
