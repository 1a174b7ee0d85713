/** The server as a process of its own that can be killed: takes requests on argv[3] (0 for any port, which it prints), hands them to the store at argv[2], and breaks off instead of answering where the store says so. */
import { createServer } from 'node:http';

const [, , store, port] = process.argv;
createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    fetch(store, { method: 'POST', body: Buffer.concat(parts) }).then(async (answer) => {
      const body = await answer.text();
      if (answer.headers.get('x-drop') === '1') request.socket.destroy();
      else response.writeHead(answer.status, { 'content-type': 'application/fhir+json' }).end(body);
    }).catch(() => request.socket.destroy());
  });
}).listen(Number(port), '127.0.0.1', function () { process.stdout.write(`${this.address().port}\n`); });
