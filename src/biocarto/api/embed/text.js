/* An embed that is read: as high as what it holds. */
import { tellHeight } from "./tell_height.js";

tellHeight(() => document.body.getBoundingClientRect().height, document.body);
