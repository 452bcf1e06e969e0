"""Other solvers on the exported compact model of a case shrunk until it fits them."""
