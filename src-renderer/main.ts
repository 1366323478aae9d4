import './content-policy.ts';
import { lab } from './bridge.ts';
import { createWindowApplication } from './window-application.ts';

createWindowApplication(lab).mount('#app');
