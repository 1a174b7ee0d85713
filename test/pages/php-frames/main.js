const asked = new URLSearchParams(location.search);
const tabs = [...document.querySelectorAll('a[data-tab]')];

// Without a patient the frames stay empty.
if (asked.has('pid')) {
  const addresses = { encounter: `encounter.html?pid=${asked.get('pid')}`, previous: `previous.html?pid=${asked.get('last')}`, messages: 'messages.html' };
  for (const frame of document.querySelectorAll('iframe')) frame.src = addresses[frame.name];
}

for (const tab of tabs) {
  tab.addEventListener('click', (event) => {
    event.preventDefault();
    for (const one of tabs) {
      one.className = one === tab ? 'on' : '';
      document.querySelector(`iframe[name="${one.dataset.tab}"]`).style.display = one === tab ? '' : 'none';
    }
  });
}
