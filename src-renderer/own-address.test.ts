import { expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { replaceOwnAddress, watchDestinations } from './own-address.ts';

const nothing = { render: () => null };

it('a page that writes its address does not keep the user from leaving it', async () => {
  let arrive: (page: typeof nothing) => void = () => undefined;
  const fetched = new Promise<typeof nothing>((resolve) => {
    arrive = resolve;
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/design', name: 'design', component: nothing },
      { path: '/calibrate', name: 'calibrate', component: () => fetched },
    ],
  });
  watchDestinations(router);
  await router.push('/design?start=new');

  const leaving = router.push('/calibrate');
  // Guards are asked one after the other before the page is fetched.
  await new Promise((resolve) => setTimeout(resolve));
  await replaceOwnAddress(router, { name: 'design' });
  arrive(nothing);
  await leaving;

  expect(router.currentRoute.value.name).toBe('calibrate');
  await replaceOwnAddress(router, { name: 'calibrate', query: { view: 'fit' } });
  expect(router.currentRoute.value.fullPath).toBe('/calibrate?view=fit');
});
