import { describeJourneys } from './walk-journeys.ts';
import { openWebLabHost } from './web-lab-host.ts';

// Without a browser these fail, and say what installs one.
describeJourneys('the laboratory in Chromium', openWebLabHost);
