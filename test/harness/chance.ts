export { chanceFrom } from '../../lib/base/chance.js';
