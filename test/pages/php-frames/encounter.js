import { patients } from './patients.js';

/* Both the open encounter and the screen that was left behind: the address says whose it is. */
const patient = patients[Number(new URLSearchParams(location.search).get('pid'))];
document.querySelector('[headers="encdate"]').textContent = patient.attended;
document.querySelector('[headers="encby"]').textContent = patient.seenBy;
for (const field of ['hx', 'ex', 'pl']) document.getElementById(field).value = patient[field];
top.postMessage({ filled: document.title }, location.origin);
