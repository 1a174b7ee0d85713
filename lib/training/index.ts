export { placesOf, readCurriculum } from './read-curriculum.js';
