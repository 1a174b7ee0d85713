import { patients } from './patients.js';

const asked = new URLSearchParams(location.search).get('rec');
if (asked !== null) {
  const { type, typed, signed, letter } = patients[asked];
  document.querySelector('#doctype').textContent = type;
  document.querySelector('#typed').textContent = typed;
  document.querySelector('#signed').textContent = signed;
  const text = document.querySelector('pre');
  text.textContent = letter;
  // The merge template stays in the letter, out of sight.
  const template = document.createElement('span');
  template.className = 'tpl';
  template.textContent = '\n<<DIAG1>> Decoyitis of the letter template <<DIAG2>>';
  text.append(template);
}
