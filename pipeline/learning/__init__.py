"""Makes the trained parts of the pipeline from annotated documents: topics of clauses, and duties that no rule finds.

    python -m pipeline.learning data/gold/training

Everything it needs lies in the project, but for scikit-learn (the extra `build`). The figures it prints come from
documents of families that the weights in question were not made from.
"""
