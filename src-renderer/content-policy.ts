import { z } from 'zod';

// Zod compiles its parsers where it may; trying to is a violation of the content policy. It looks
// when a schema is made, so this module stands before every import that brings schemas along.
z.config({ jitless: true });
