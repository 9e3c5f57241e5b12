"""RIGHT WING: Discord. Commands and listeners, ten lines each: take, ask, show.

The files with an underscore are the door: Discord's objects come in and leave as values, values leave as messages.
An `if` about records, notes or settings belongs a floor below.
"""
