// Makes pages more convenient; every page reads without it.
"use strict";
