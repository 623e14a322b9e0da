{
    PROCINFO[$1, "NONFATAL"] = 1
    PROCINFO["errno"] = 0
    print "x" > $1
    print (ERRNO == "" ? "written" : "refused")
    ERRNO = ""
}
