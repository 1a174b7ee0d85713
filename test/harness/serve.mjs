/** A static server for the sample record: loopback only, no folder but its own. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json; charset=utf-8', '.png': 'image/png', '.pdf': 'application/pdf', '.svg': 'image/svg+xml' };

/** Serves `root`; gives the address and a way to end. Port 0 is any free one. */
export function serveDemo({ root, port = 0, host = '127.0.0.1' }) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)).replace(/^([/\\]|\.\.)+/, '');
    const file = join(root, path === '' ? 'index.html' : path);
    try {
      if (!file.startsWith(root) || !statSync(file).isFile()) throw new Error('not a file');
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' });
      createReadStream(file).pipe(response);
    } catch { response.writeHead(404); response.end(); }
  });
  return new Promise((resolve) => server.listen(port, host, () => resolve({ url: `http://${host}:${server.address().port}/`, close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }) })));
}
