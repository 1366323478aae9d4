import './content-policy.ts';
import './styles/index.css';
import { createApp } from 'vue';
import type { App } from 'vue';
import { createPinia } from 'pinia';
import type { LabBridge } from '#contract';
import { provideLab } from './lab-access.ts';
import { createCommandRegistry, provideCommands } from './commands/registry.ts';
import { createWindowRouter } from './router.ts';
import AppFrame from './App.vue';

/** The whole window over a laboratory, ready to be mounted. */
export function createWindowApplication(lab: LabBridge): App {
  const application = createApp(AppFrame);
  provideLab(application, lab);
  provideCommands(application, createCommandRegistry());
  application.use(createPinia());
  application.use(createWindowRouter());
  return application;
}
