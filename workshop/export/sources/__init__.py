"""From the database to the document: reads only, and every count as the results already publish it.

Papers are never read here. What a result withholds is not there to be read.
"""
