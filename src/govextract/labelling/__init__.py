"""Round trips to labelling tools: a report goes out as a task and comes back as gold.

``task`` is what passes between; ``doccano``, ``label_studio`` and ``brat`` each write and read one
tool's files; ``tools`` finds them by name. The guide for a labeller is ``docs/labelling.md``.
"""
