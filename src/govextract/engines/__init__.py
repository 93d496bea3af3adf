"""Where the tasks of a run are done; :class:`govextract.batch.work.Engine` is the interface."""
