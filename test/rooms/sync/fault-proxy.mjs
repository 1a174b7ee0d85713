/** The server as a process of its own that can be killed: takes requests on argv[3] (0 for any port, which it prints), hands them to the store at argv[2], and breaks off instead of answering where the store says so. Over TLS with the key and certificate of NODI_KEY and NODI_CERT, and then open to extensions alone. */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const [, , store, port] = process.argv;
const { NODI_KEY: key, NODI_CERT: cert } = process.env;
const listener = (request, response) => {
  const parts = [];
  const { origin = '', authorization } = request.headers;
  const open = /^chrome-extension:\/\/\w+$/.test(origin) ? { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'authorization, content-type', 'access-control-expose-headers': 'retry-after', vary: 'origin' } : {};
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    if (request.method === 'OPTIONS') { response.writeHead(204, open).end(); return; }
    fetch(new URL(request.url, store), { method: request.method, headers: authorization ? { authorization } : {}, ...(request.method === 'POST' ? { body: Buffer.concat(parts) } : {}) }).then(async (answer) => {
      const body = await answer.text();
      if (answer.headers.get('x-drop') === '1') request.socket.destroy();
      else response.writeHead(answer.status, { ...open, 'content-type': 'application/fhir+json' }).end(body);
    }).catch(() => request.socket.destroy());
  });
};
(key && cert ? createTlsServer({ key, cert }, listener) : createServer(listener)).listen(Number(port), '127.0.0.1', function () { process.stdout.write(`${this.address().port}\n`); });
