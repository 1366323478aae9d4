import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may ask what of this server. */
export type Access = {
  /** Whoever knows it may come in; 128 random bits. */
  readonly token: string;
  /** The header that lets a browser in that showed the token. */
  readonly cookie: string;
  /**
   * Whether an address was asked for under a name of this machine. A page elsewhere can have its own
   * name resolved to this machine; what its visitors then send bears that name.
   */
  readonly isOurHost: (request: IncomingMessage) => boolean;
  /** Whether a request came from a page of ours, or from no page at all. */
  readonly isOurPage: (request: IncomingMessage) => boolean;
  readonly hasToken: (token: string | null) => boolean;
  readonly hasCookie: (request: IncomingMessage) => boolean;
};

const SECRET_BYTES = 16;
const OUR_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Compares without telling by its time how much was right. */
function isEqual(found: string, secret: string): boolean {
  const [a, b] = [Buffer.from(found), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hostName(host: string): string | null {
  // The port is not ours when the address is reached through a tunnel.
  return /^([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase() ?? null;
}

function isOurHost({ headers }: IncomingMessage): boolean {
  const name = headers.host === undefined ? null : hostName(headers.host);
  return name !== null && OUR_NAMES.includes(name);
}

/** Browsers say with every request that changes something which page it came from. */
function isOurPage({ headers, method }: IncomingMessage): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return method === 'GET' || method === 'HEAD';
  return origin === `http://${headers.host ?? ''}`;
}

function cookieValues({ headers }: IncomingMessage, name: string): string[] {
  return (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

/** Makes new secrets. They are known to nobody else and go with the process. */
export function createAccess(): Access {
  const token = randomBytes(SECRET_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  // Cookies do not tell ports apart: two laboratories on one machine need two names.
  const name = `folio-lab-${randomBytes(4).toString('hex')}`;
  return {
    token,
    cookie: `${name}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    isOurHost,
    isOurPage,
    hasToken: (found) => found !== null && isEqual(found, token),
    hasCookie: (request) => cookieValues(request, name).some((value) => isEqual(value, secret)),
  };
}
