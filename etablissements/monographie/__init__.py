"""The monograph of a school: its facts, their age, who confirmed them and who says that one is wrong."""
