"""What each address of the desk answers: functions of the desk and of what is asked, which return a reply.

One rule: a view that is asked with GET changes nothing.
"""
